# Greets the person before it speaks the protocol, and complains beside it.
echo 'Welcome to the good handler 1.0!'
echo 'warning: the moon is full' >&2
exec "$1" "$2"
