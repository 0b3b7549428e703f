// swift-tools-version: 6.2
// The comparison's figures, built apart so that the main package needs no program for them.
//   compare-bench exact|similar DIRECTORY OUT [THREADS]
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "compare-bench",
  targets: [
    .target(name: "Pinyin", path: "Pinyin", swiftSettings: strict),
    .target(name: "Comparison", dependencies: ["Pinyin"], path: "Comparison", swiftSettings: strict),
    .executableTarget(name: "compare-bench", dependencies: ["Comparison"], path: "Bench", swiftSettings: strict),
  ]
)
