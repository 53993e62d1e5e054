"""Whether a folder lies on another machine, whose locks and memory this one does not share."""

import re
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
# As Linux names them; one mounted by a program of its own is `fuse.` and that program's name.
_REMOTE = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|ceph|coda|davfs|lustre|glusterfs|gpfs|pvfs2|ocfs2|gfs2"
    r"|fuse\.(sshfs|rclone|glusterfs|cephfs|davfs2?|s3fs|gcsfuse|smbnetfs|curlftpfs|afpfs\w*|gvfsd-fuse)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")  # a space in the name of a folder is \040 (proc(5))


def network_kind(folder: Path) -> str | None:
    """The kind of network file system that holds `folder` (`nfs4`, `cifs` …).

    None for a disk of this machine, and where the system does not tell (macOS).
    """
    if sys.platform == "win32":
        return "smb" if folder.resolve().drive.startswith("\\\\") else None
    try:
        kind = _kind_of(folder.resolve(), MOUNTS.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    return kind if kind and _REMOTE.fullmatch(kind) else None


def _kind_of(folder: Path, mounts: str) -> str | None:
    """What is mounted nearest above the folder; of two in one place the later one lies on top."""
    found, depth = None, -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        place = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), before.split()[4]))
        if folder.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = after.split()[0], len(place.parts)
    return found
