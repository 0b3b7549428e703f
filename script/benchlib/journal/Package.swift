// swift-tools-version: 6.2
// The journal's figures, built apart so that the main package needs no library product for them.
//   swift run -c release --package-path script/benchlib/journal journal-bench DIRECTORY
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")

let package = Package(
  name: "journal-bench",
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.0")],
  targets: [
    .target(name: "Journal", dependencies: [crypto, cryptoExtras], path: "Journal", swiftSettings: strict),
    .executableTarget(
      name: "journal-bench", dependencies: ["Journal", crypto], path: "Bench", swiftSettings: strict),
  ]
)
