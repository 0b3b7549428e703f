// XForm
