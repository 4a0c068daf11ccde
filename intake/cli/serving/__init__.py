"""WHAT SERVES: the web server, its log and the post that goes out beside it."""
