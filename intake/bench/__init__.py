"""Measures the work itself, beside the bare floors under it, in a database full of invented referrals."""
