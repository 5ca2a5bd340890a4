"""What every test shares: the profiles of Hypothesis."""

import os

from hypothesis import settings

# Derandomized: a run depends on the code alone. `ci` looks further.
settings.register_profile("everyday", max_examples=50, derandomize=True, deadline=None, print_blob=True)
settings.register_profile("ci", max_examples=200, derandomize=True, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("PROFILE", "everyday"))
