// temporary: until the form engine has `preset`.
import XForm
extension Session {
  mutating func preset(_ path: InstancePath, _ value: String) -> Bool { answer(path, value) == .accepted }
}
