"""What every test shares: the profiles of Hypothesis."""

import os

from hypothesis import HealthCheck, Phase, settings

# Derandomized: a run depends on the code alone. `ci` looks further; `mutation` asks only whether anything fails.
# mutmut runs the tests several times in one process, each time with new instances of the test classes.
again = [HealthCheck.differing_executors]
for name, examples in (("everyday", 16), ("ci", 100)):
    settings.register_profile(
        name,
        max_examples=examples,
        derandomize=True,
        deadline=None,
        print_blob=True,
        suppress_health_check=again,
    )
settings.register_profile(
    "mutation", settings.get_profile("everyday"), max_examples=25, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("PROFILE", "everyday"))
