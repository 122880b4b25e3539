package lsp

import (
	"encoding/json"
	"slices"
)

// handlers answer requests, by their methods.
var handlers = map[string]handler{}

// initialize answers the first request: what the server can do.
func (c *call) initialize(p initializeParams) (any, error) {
	s := c.server
	s.client = p.Capabilities
	if slices.Contains(p.Capabilities.General.PositionEncodings, utf8Encoding) {
		s.encoding = utf8Encoding
	}
	if p.ProcessID != nil && *p.ProcessID > 0 {
		go s.watchParent(*p.ProcessID, parentTime)
	}
	s.initialized = true
	for _, w := range p.Workspaces {
		s.addTree(w.URI)
	}
	if len(p.Workspaces) == 0 && p.RootURI != "" {
		s.addTree(p.RootURI)
	}
	type object = map[string]any
	return object{
		"capabilities": object{
			"positionEncoding":        s.encoding,
			"textDocumentSync":        object{"openClose": true, "change": 2, "save": true},
			"completionProvider":      object{"triggerCharacters": []string{"[", ":", ",", " ", "#"}},
			"hoverProvider":           true,
			"definitionProvider":      true,
			"referencesProvider":      true,
			"documentLinkProvider":    object{},
			"documentSymbolProvider":  true,
			"workspaceSymbolProvider": true,
			"foldingRangeProvider":    true,
			"renameProvider":          object{"prepareProvider": true},
			"codeActionProvider":      object{"codeActionKinds": []string{quickFix, fixAll, relink}, "resolveProvider": true},
			"workspace": object{
				"workspaceFolders": object{"supported": true, "changeNotifications": true},
				"fileOperations": object{"willRename": object{"filters": []object{
					{"scheme": "file", "pattern": object{"glob": "**/*.md", "matches": "file"}},
				}}},
			},
		},
		"serverInfo": object{"name": "newsctl", "version": s.o.Version},
	}, nil
}

// addTree makes known the archive that a directory of the workspace is in or is.
func (s *server) addTree(uri string) {
	if _, ok := fileOf(uri); ok {
		s.treeOf(uri + "/index.md")
	}
}

// didInitialize asks the client to report changes on disk, if it can.
func (s *server) didInitialize(json.RawMessage) error {
	if !s.client.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		return nil
	}
	type object = map[string]any
	s.conn.write(request{"2.0", "newsctl-watch", "client/registerCapability", object{
		"registrations": []object{{
			"id":     "newsctl-watch",
			"method": "workspace/didChangeWatchedFiles",
			"registerOptions": object{"watchers": []object{
				{"globPattern": "**/*.md"}, {"globPattern": "**/.newsctl.yaml"},
			}},
		}},
	}})
	return nil
}

// didChangeWorkspace makes known the archives of directories that are added to the
// workspace.
func (s *server) didChangeWorkspace(params json.RawMessage) error {
	var p struct {
		Event struct {
			Added []documentID `json:"added"`
		} `json:"event"`
	}
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	for _, w := range p.Event.Added {
		s.addTree(w.URI)
	}
	return nil
}
