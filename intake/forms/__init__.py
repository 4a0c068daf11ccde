"""What is asked: the shape and the words of every form, and nothing about who may or what happens next."""
