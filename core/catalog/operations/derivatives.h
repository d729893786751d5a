// Files made from items that are gone: which to delete, and which have been.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/derivative.h"

namespace gatehouse::catalog
{

// By item and kind, those that follow `after`.
struct ReadUnwantedDerivatives {
    Derivative after = {};
    int limit = 1'000;

    Result<QVector<Derivative>> run(WriteContext &context) const;
};

// Their files are gone.
struct ForgetDerivatives {
    QVector<Derivative> gone;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
