// MonthTables: what the month came to: the monthly tables, `zoufangd figures` and the bureau's page beside each other.

import Support
import Testing

struct MonthTables {
  let month: MonthCounty
  init(_ month: MonthCounty) { self.month = month }
  func judge() throws {}
}
