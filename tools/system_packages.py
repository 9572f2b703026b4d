"""Installs packages of the system where that is allowed without asking anyone."""

import os
import shutil
import subprocess
from collections.abc import Sequence


def _prefix() -> list[str] | None:
    """What to put before a command to run it as root; None where that would need a password."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


def may_install() -> bool:
    """Whether packages of the system can be installed here: apt-get, and no password needed."""
    return shutil.which("apt-get") is not None and _prefix() is not None


def install_packages(names: Sequence[str]) -> bool:
    """Install Debian packages with apt-get and say so.

    Returns False, and changes nothing, where there is no apt-get or where it would need a
    password; False too where apt-get fails, whose own messages are then on the terminal.
    """
    apt_get = shutil.which("apt-get")
    prefix = _prefix()
    if apt_get is None or prefix is None:
        return False
    print(f"Installing {' '.join(names)} with apt-get", flush=True)
    # As words of the command: sudo drops the variables of the caller.
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", apt_get, "-q", "-o=Dpkg::Use-Pty=0"]
    # A list that cannot be refreshed may still be good enough for the install that follows.
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL)
    install = [*apt, "install", "-y", "--no-install-recommends", *names]
    return subprocess.run(install, stdout=subprocess.DEVNULL).returncode == 0
