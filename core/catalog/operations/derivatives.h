// Files made from items: what has been made, which are to be deleted, and which have been.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/derivative.h"

namespace gatehouse::catalog
{

// Replaces the row of the same item and kind. If the item is gone, its file is unwanted.
struct KeepDerivative {
    Derivative made;
    DerivativeState state = DerivativeState::Made;

    Result<void> run(WriteContext &context) const;
};

// Somebody asked for it again. Nothing if it has not been made.
struct MarkDerivativeAsked {
    ItemId item;
    DerivativeKind kind = DerivativeKind::LowRes;

    Result<void> run(WriteContext &context) const;
};

// To free their space. Only those that have been made.
struct DiscardDerivatives {
    QVector<Derivative> unwanted;

    Result<void> run(WriteContext &context) const;
};

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
