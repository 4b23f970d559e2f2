# Dies of a fault at every start.
read -r line
kill -SEGV $$
