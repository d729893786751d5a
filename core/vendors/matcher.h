// Interprets a remote path with every brand's rules (resources/vendors/*.json, compiled in).
// Immutable after load: any thread. Bounded: only the last 4,096 characters of a path are used, and a pattern
// gives up after a fixed number of steps. load() takes some 10 ms: once per process.
#pragma once

#include "base/result.h"
#include "vendors/path_metadata.h"

#include <memory>

namespace gatehouse::vendors
{

class Matcher
{
public:
    // From the resources, or from a folder of rule files (tests). Invalid: names the file and the rule.
    static Result<std::shared_ptr<const Matcher>> load();
    static Result<std::shared_ptr<const Matcher>> loadFolder(const QString &folder);
    ~Matcher();

    // Never fails: for names that no rule knows, the extension gives the kind; Trigger::Unknown, no time.
    // A name typical of a camera's test button ("test.txt", "TestFtp.dat", "camera_test…/",
    // "DVRWorkDirectory") also sets isTestName; only the bytes can tell whether it is a test.
    [[nodiscard]] PathMetadata match(const QString &remotePath) const;

private:
    struct Private;
    explicit Matcher(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::vendors
