"""`python -m autoclaim`, where the entry point is not on the PATH."""

from autoclaim.cli import main

if __name__ == "__main__":
    main()
