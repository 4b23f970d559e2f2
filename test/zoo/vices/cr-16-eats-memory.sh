# Takes all the memory there is.
read -r line
exec tail /dev/zero
