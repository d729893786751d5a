// Reads a remote path: the grammar splits it into tokens (tokens.h), finds addresses and times among them
// (path_time.h) and takes cause and camera from the rest (path_words.h); a brand's form then adds what no
// grammar can know (brand_form.h, resources/vendors/*.json, compiled in). Immutable after load: any thread.
// Bounded: only the last 4,096 characters of a path are used, and a pattern gives up after a fixed number of
// steps. load() takes some 10 ms: once per process.
#pragma once

#include "base/result.h"
#include "vendors/path_metadata.h"

#include <memory>

namespace gatehouse::vendors
{

class Matcher
{
public:
    // From the resources, or from a folder of brand files (tests). Invalid: names the file and the form.
    static Result<std::shared_ptr<const Matcher>> load();
    static Result<std::shared_ptr<const Matcher>> loadFolder(const QString &folder);
    ~Matcher();

    // Never fails: what the name does not tell is unknown. `reference` (UTC ms; 0: unknown) is when the file
    // arrived or was last modified: of several readings of a number ("02-03-2026", "26-07-15") the one
    // nearest to it is taken. A name typical of a camera's test button ("test.txt", "TestFtp.dat",
    // "camera_test…/", "DVRWorkDirectory") also sets isTestName; only the bytes can tell whether it is a
    // test.
    [[nodiscard]] PathMetadata match(const QString &remotePath, qint64 reference = 0) const;

private:
    struct Private;
    explicit Matcher(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::vendors
