"""What this process last heard of those who keep checkpoints elsewhere."""


class Lookout:
    """Told by whoever signs; asked by every page and by the health page. It belongs to one process."""

    def __init__(self) -> None:
        #: Whether somebody elsewhere keeps a checkpoint that this database has not got.
        self.behind = False
        #: Whether everybody elsewhere could be told the last time.
        self.told = True
