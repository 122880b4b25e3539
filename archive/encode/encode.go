// Package encode writes documents for programs, which people may read as well.
package encode

import (
	"encoding/json"
	"encoding/xml"
	"io"
)

// JSON writes a document as indented JSON.
func JSON(w io.Writer, document any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(document)
}

// XML writes a document as indented XML, with the declaration that begins it.
func XML(w io.Writer, document any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
