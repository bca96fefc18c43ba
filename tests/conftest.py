"""Tests keep nothing outside their own folders."""

import os

os.environ["HANDOUTS_CACHE"] = "off"
