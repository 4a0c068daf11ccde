"""What may be listed: every function is scoped by the actor and returns cards with nothing left to decide."""
