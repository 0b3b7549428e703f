// Scenario: a form answered by a test, without a screen: paths and values as text, fixed clock and randomness.
import Testing
import XForm
