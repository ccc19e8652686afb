"""Publishing: notebooks are run, compared with what is stored, and rendered as pages."""


class BuildError(RuntimeError):
    """A notebook that could not be run; the message names notebook, cell and error."""
