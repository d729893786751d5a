// A camera's test upload is acknowledged but stored only in the camera's own FTP tree. The name alone proves
// too little: only a tiny file without media, under a test's name, is a test.
// Values: any thread.
#pragma once

#include "vendors/path_metadata.h"

#include <QByteArrayView>
#include <optional>

namespace gatehouse::ingest
{

constexpr qint64 kMaxConnectionTestBytes = 4096; // bytes

// The kind of a file by its first bytes; none: no known media.
std::optional<Kind> kindOfContent(QByteArrayView head);

// `head`: the first bytes of the file, or the whole file if it is small enough to be a test.
bool isConnectionTest(const vendors::PathMetadata &metadata, qint64 bytes, QByteArrayView head);
// A stored file with a test's name gets its kind from its bytes, if the name gives none.
void takeKindFromContent(vendors::PathMetadata &metadata, QByteArrayView head);

} // namespace gatehouse::ingest
