"""What happened: typed events, a chain of them for each organisation, and the proof that none was changed."""
