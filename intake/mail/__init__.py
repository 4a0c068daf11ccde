"""HOW STAFF ARE TOLD: a mail carries a reference and a link to sign in, and nothing else."""
