"""Becomes another program that cannot outlive its parent: run by path, never imported.

Arguments: parent process, signal at the parent's death, user id, group id (-1 keeps them), program...
The order matters: Linux forgets the parent-death signal when the user changes, so it is set afterwards.
A program of its own rather than code between fork and exec, which is unsafe beside threads.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Change the account, tie the process to its parent, and become the program."""
    parent, death_signal, user, group = (int(word) for word in arguments[:4])
    if user >= 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
        os.umask(0o077)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above: nobody would ever stop us
            os._exit(1)
    os.execvp(arguments[4], arguments[4:])


if __name__ == "__main__":
    main(sys.argv[1:])
