#include "catalog/tables/schema.h"

#include "db/migrations.h"

static void initCatalogSchema() // outside any namespace, as Qt requires
{
    Q_INIT_RESOURCE(catalog_schema);
}

namespace gatehouse::catalog
{

Result<void> migrateCatalog(db::Connection &db, int upTo)
{
    initCatalogSchema();
    return db::migrate(db, QStringLiteral(":/schema/catalog"), upTo);
}

} // namespace gatehouse::catalog
