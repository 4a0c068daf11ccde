"""WHERE IT GOES: places and postcodes, the directory as values, the engine that decides, and its reasons."""
