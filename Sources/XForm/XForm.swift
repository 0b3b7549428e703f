// XForm: the ODK XForms engine. A form definition is parsed once; a session is a value that holds one filled-in instance of it.
//
// The room knows no screen, no file and no clock: bytes come in, bytes and values go out; the clock, randomness and the
// device's identity are handed in as `Surroundings`. What is built here follows the ODK XForms specification (getodk/xforms-spec);
// where the text is silent it does what JavaRosa, the engine of ODK Collect, does. docs/forms-engine.md tells how,
// docs/conformance.md keeps every deviation.
