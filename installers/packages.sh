# Debian 12 packages by purpose. Sourced by the other scripts.
BUILD_PACKAGES="g++ cmake ninja-build pkg-config libgl1-mesa-dev
    qt6-base-dev qt6-svg-dev qt6-multimedia-dev
    libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev
    libheif-dev
    libsqlite3-dev libexpected-dev libssl-dev libcurl4-openssl-dev qtkeychain-qt6-dev libglib2.0-dev"
RUN_PACKAGES="fonts-inter fonts-dejavu-core openssl libqt6keychain1 libsecret-1-0"
TEST_PACKAGES="ccache curl clang-format-14 clang-tidy-14 ffmpeg lftp python3 strace sqlite3 xvfb openbox trayer xdotool
    imagemagick dbus-daemon dbus-x11 tzdata libfaketime qt6-l10n-tools
    radosgw ceph-mon ceph-osd ceph-common"
BENCH_PACKAGES="python3 vsftpd python3-pyftpdlib openssl"
