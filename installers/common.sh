# What the scripts share: words of progress, installing packages as root or with sudo, building, reading logs.
# Sourced; needs ROOT, the project's folder.
. "$ROOT/installers/packages.sh"

say() { printf '\n== %s\n' "$*"; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        printf 'Installing packages requires root: run this as root, or install sudo.\n' >&2
        exit 1
    fi
}

# install_missing PACKAGE…: does nothing when all are installed.
install_missing() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing:$missing"
    as_root apt-get update -qq
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}

# build PRESET [TARGET…]
build() {
    preset=$1
    shift
    say "Configuring ($preset)"
    cmake --preset "$preset" -S "$ROOT" >"$ROOT/build-$preset.log" 2>&1 || { cat "$ROOT/build-$preset.log"; exit 1; }
    rm -f "$ROOT/build-$preset.log"
    say "Building ($preset)"
    cmake --build "$ROOT/build/$preset" ${1:+--target "$@"}
}

# skip_reasons LOG : of a ctest -V log, how many tests were skipped for each reason, the most frequent first.
skip_reasons() {
    sed -nE 's/^([0-9]+: )?SKIP +: [A-Za-z0-9_:]+\([^)]*\) *(.*)$/\2/p' "$1" | sort | uniq -c | sort -k1,1nr -k2 |
        sed -E 's/^ *([0-9]+) (.*)$/\1 skipped: \2/'
}

# Where Gatehouse is installed: for everyone if root, otherwise for this user.
install_prefix() {
    if [ -n "${GATEHOUSE_PREFIX:-}" ]; then
        case "$GATEHOUSE_PREFIX" in
        /*) printf '%s\n' "$GATEHOUSE_PREFIX" ;;
        *) printf '%s/%s\n' "$(pwd)" "$GATEHOUSE_PREFIX" ;;
        esac
    elif [ "$(id -u)" -eq 0 ]; then
        printf '/usr/local\n'
    else
        printf '%s/.local\n' "$HOME"
    fi
}

# refresh_desktop PREFIX : menus that keep an index notice the change at once.
refresh_desktop() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$1/share/applications" 2>/dev/null || true
    fi
}

# Of the user who runs this, without --data.
where_data_are() {
    printf '  recordings and catalog   %s/gatehouse\n' "${XDG_DATA_HOME:-$HOME/.local/share}"
    printf '  settings                 %s/gatehouse\n' "${XDG_CONFIG_HOME:-$HOME/.config}"
    printf '  previews                 %s/gatehouse\n' "${XDG_CACHE_HOME:-$HOME/.cache}"
}

# where_things_are PREFIX
where_things_are() {
    printf '  program                  %s/bin/gatehouse\n' "$1"
    where_data_are
    printf '  remove the program       %s/installers/uninstall\n' "$ROOT"
    case ":$PATH:" in
    *":$1/bin:"*) ;;
    *) printf 'This shell does not find "gatehouse" yet. Log in again, or:  export PATH="%s/bin:$PATH"\n' "$1" ;;
    esac
}
