"""What a WSGI server loads: the application with its settings from the environment."""

import os

from config import Settings
from intake.app import create_app

app = create_app(Settings.from_env(os.environ))
