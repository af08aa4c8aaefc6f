# What makes and uses bare systems: sourced by the scripts of this folder.
#
#   FRESH_MIRROR    the Debian mirror (default: the host's own, else deb.debian.org)
#   FRESH_SECURITY  the mirror of debian-security (likewise)

if [ "$(id -u)" -ne 0 ]; then
    echo "$0: needs root, for debootstrap and chroot: sudo $0" >&2
    exit 2
fi
if ! command -v debootstrap >/dev/null; then
    echo "$0: needs debootstrap: apt-get install debootstrap" >&2
    exit 2
fi

# In a mount and process namespace of its own, every mount below is gone and every process ended when the
# script ends, whatever way it ends: nothing is left to clean up.
if [ -z "${FRESH_INSIDE:-}" ]; then
    FRESH_INSIDE=yes exec unshare --mount --pid --fork --kill-child -- "$0" "$@"
fi

# The mirror that the host uses for a suite, if its apt knows one.
host_mirror() {
    apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -v suite="$1" '$1 == suite {sub("/$", "", $2); print $2; exit}'
}
mirror=${FRESH_MIRROR:-$(host_mirror bookworm)}
security=${FRESH_SECURITY:-$(host_mirror bookworm-security)}
mirror=${mirror:-http://deb.debian.org/debian}
security=${security:-http://deb.debian.org/debian-security}

# timed NAME COMMAND...: run it, say how long it took, keep its exit status.
timed() {
    name=$1; shift
    start=$(date +%s)
    status=0
    "$@" || status=$?
    echo "fresh: $name took $(($(date +%s) - start)) s and ended $status"
    return "$status"
}

# bare ROOT PACKAGES: a bookworm with these packages (with commas between) and no more than Debian needs, and the network
# as on the host.
bare() {
    root=$1
    log=$(dirname "$root")/debootstrap.log
    [ ! -e "$root" ] || rm -rf --one-file-system "$root"
    echo "fresh: a bare bookworm into $root"
    timed debootstrap debootstrap --variant=minbase --include="$2" bookworm "$root" "$mirror" >"$log" 2>&1 ||
        { tail -20 "$log" >&2; exit 3; }
    tail -1 "$log"

    # These three suites and no others, whatever the host's apt knows.
    cat >"$root/etc/apt/sources.list" <<END
deb $mirror bookworm main
deb $mirror bookworm-updates main
deb $security bookworm-security main
END

    # Names, apt's own network settings, proxies, npm's settings.
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    apt-config dump | grep -E '^Acquire::(https?|Check-|Retries|ForceIPv)' >"$root/etc/apt/apt.conf.d/99host" || true
    env | grep -iE '^(https?_proxy|no_proxy|npm_config_[a-z_]*)=' >"$root/environment" || true

    # Certificates that the host trusts beyond Debian's (a company's proxy, say) are trusted there too.
    bundle=/etc/ssl/certs/ca-certificates.crt
    if [ -f "$bundle" ] && [ -f "$root$bundle" ]; then
        awk -v into="$root/usr/local/share/ca-certificates/host" '
            /-BEGIN CERTIFICATE-/ {text = ""}
            {text = text $0 "\n"}
            /-END CERTIFICATE-/ {
                if (FILENAME == ARGV[1]) known[text] = 1
                else if (!(text in known)) {file = into "-" ++count ".crt"; printf "%s", text > file; close(file)}
            }' "$root$bundle" "$bundle"
        if ls "$root"/usr/local/share/ca-certificates/host-*.crt >/dev/null 2>&1; then
            chroot "$root" update-ca-certificates >/dev/null 2>&1
            echo "NODE_EXTRA_CA_CERTS=$bundle" >>"$root/environment"
        fi
    fi

    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount --rbind /dev "$root/dev"
}

# inside ROOT FOLDER COMMAND: a login as on a new machine: nothing of this shell's environment but the network's settings.
inside() {
    (
        root=$1 folder=$2 command=$3
        set -- HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb
        while IFS= read -r line; do set -- "$@" "$line"; done <"$root/environment"
        exec env -i "$@" chroot "$root" sh -c "cd $folder && $command" </dev/null
    )
}
