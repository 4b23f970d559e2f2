# Never introduces itself.
exec sleep 1000
