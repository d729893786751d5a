// Asks every brand's rules (resources/vendors/*.json, compiled in) what a remote path means.
// Immutable after load: any thread. Bounded: of a path over 4,096 characters only the end is looked at,
// and a pattern gives up after a fixed number of steps. load() takes some 10 ms: once per process.
#pragma once

#include "base/result.h"
#include "vendors/path_metadata.h"

#include <memory>

namespace gatehouse::vendors
{

class Matcher
{
public:
    // From the resources, or from a folder of rule files (tests). Invalid: names file and rule.
    static Result<std::shared_ptr<const Matcher>> load();
    static Result<std::shared_ptr<const Matcher>> loadFolder(const QString &folder);
    ~Matcher();

    // Never fails: what no rule knows is Kind by its extension, Trigger::Unknown, no time.
    // A name that test buttons use ("test.txt", "TestFtp.dat", "camera_test…/", "DVRWorkDirectory") says
    // isTestName beside all that: whether it is a test, only its bytes can tell.
    [[nodiscard]] PathMetadata match(const QString &remotePath) const;

private:
    struct Private;
    explicit Matcher(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::vendors
