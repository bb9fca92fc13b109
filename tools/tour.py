"""A short tour that runs the command line on the shipped data."""

import shlex
import subprocess
import sys

STEPS = [
    ("Three editions.", "editions"),
    ("One provision, with everything known about it.", "show uk-ai-cop:5.4.1"),
    ("The duties of a role: a checklist by phase and strength.", "duties --role data-custodian"),
    (
        "The same provision in the European Standard, and what changed.",
        "counterpart uk-ai-cop:2.7 --to etsi-en-304-223",
    ),
    ("What else changed that a person should review.", "compare uk-ai-cop etsi-en-304-223 --review"),
    ("Does it apply to us, and as what?", "applies --trains-further --deploys-for-others"),
    ("What a provision is mapped to in another framework, and how strongly.", "map uk-ai-cop:5.1 --to iso-iec-42001"),
    ("How much of a principle another framework covers.", "coverage uk-ai-cop iso-iec-42001 --in P6"),
    ("How two items are related, with the reasons.", "explain uk-ai-cop:12.1 AML.M0024"),
    ("Keys as people write them, each with a verdict and a reason.", "check tools/keys-in-the-wild.csv"),
]


def main() -> None:
    """Print and run the command of each step."""
    for title, command in STEPS:
        print(
            f"\n\033[1m{title}\033[0m\n$ aicop {command}\n"
            if sys.stdout.isatty()
            else f"\n{title}\n$ aicop {command}\n"
        )
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", "aicop", *shlex.split(command)], check=False)
        # The last step shows wrong keys, so its exit code is 1.
        if done.returncode not in {0, 1}:
            raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
