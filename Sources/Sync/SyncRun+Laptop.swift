// A sync of a real data directory over the real network: what `zoufang sync` does.

internal import Journal
public import Laptop
internal import Wire

extension SyncRun {
  /// - Parameter proxy: `http://host:port`, or empty for a direct connection.
  /// - Throws: `laptop(.notEnrolled)` for the practice village, which has no county.
  public static func of(
    _ desk: SyncDesk, proxy: String = "", pace: Pace = .real, progress: @escaping (SyncProgress) -> Void = { _ in }
  ) throws(SyncFault) -> SyncRun {
    guard let county = desk.enrolment.county else { throw .laptop(.notEnrolled) }
    let grant = desk.enrolment.grant
    let transport: HTTPSTransport
    do throws(TransferFault) {
      transport = try HTTPSTransport(base: county, authority: Array(grant.caPem.utf8), proxy: proxy)
    } catch { throw .transfer(error) }
    return SyncRun(
      transport: transport, shelf: desk, deviceID: grant.deviceId, server: grant.server, signing: desk.keys.signing,
      pace: pace, progress: progress)
  }
}
