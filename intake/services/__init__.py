"""What people do: each act of the work is one method, and none of them commits."""
