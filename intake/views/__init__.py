"""HTTP: a form in, one act of a service, a page or another address out."""
