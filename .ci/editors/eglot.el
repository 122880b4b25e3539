;;; Edits a page in Emacs with Eglot, and ends with an error where something is not as it
;;; should be.  -*- lexical-binding: t -*-

(package-initialize)
(require 'eglot)
(require 'seq)
(require 'subr-x)

(defvar root (getenv "ARCHIVE"))
(setq make-backup-files nil
      create-lockfiles nil
      eglot-sync-connect 20
      eglot-autoshutdown nil
      eglot-confirm-server-initiated-edits nil
      eglot-send-changes-idle-time 0
      vc-handled-backends nil)

;; Nobody is there to be asked.
(advice-add 'y-or-n-p :override #'always)

(defun await (what is)
  "Wait until IS, a function, returns something; or else fail with WHAT."
  (let ((end (+ (float-time) 20)))
    (while (not (funcall is))
      (when (> (float-time) end) (error "%s" what))
      (accept-process-output nil 0.05))))

(defun ask (method params)
  "Return the answer to a request of METHOD with PARAMS, for the text as it is now."
  (eglot--signal-textDocument/didChange)
  (jsonrpc-request (eglot--current-server-or-lose) method params :timeout 20))

(defun line-of (text)
  "Go to the start of the line that begins with TEXT."
  (goto-char (point-min))
  (re-search-forward (concat "^" (regexp-quote text)))
  (beginning-of-line))

(defun line ()
  "Return the line at point."
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun type-line (text)
  "Make the line at point TEXT."
  (delete-region (line-beginning-position) (line-end-position))
  (insert text))

(defvar published nil "The codes of the diagnostics that were sent last, by file.")

(cl-defmethod eglot-handle-notification :before
  (_server (_method (eql textDocument/publishDiagnostics)) &key uri diagnostics &allow-other-keys)
  (setf (alist-get (eglot--uri-to-path uri) published nil nil #'equal)
        (sort (mapcar (lambda (d) (plist-get d :code)) diagnostics) #'string<)))

(defun findings (&rest want)
  "Wait until the page has findings of the rules WANT."
  (eglot--signal-textDocument/didChange)
  (await (format "findings are not %s" want)
         (lambda () (equal (alist-get (buffer-file-name) published 'none nil #'equal) want))))

(defun complete (typed label made)
  "Complete TYPED on the line at point by the item LABEL, so that the line is MADE."
  (let ((was (line)))
    (type-line typed)
    (let* ((list (ask :textDocument/completion (eglot--TextDocumentPositionParams)))
           (item (seq-find (lambda (i) (equal (plist-get i :label) label)) (plist-get list :items))))
      (unless item (error "%s is not among %S" label list))
      (eglot--apply-text-edits (vector (plist-get item :textEdit)))
      (unless (equal (line) made) (error "Completed as %s" (line))))
    (beginning-of-line)
    (type-line was)
    (beginning-of-line)))

;; Eglot 1.9 edits texts, but does not move files, as later versions do. Here both is done.
(cl-defmethod eglot-client-capabilities :around (_server)
  (let* ((can (cl-call-next-method))
         (edits (plist-get (plist-get can :workspace) :workspaceEdit)))
    (setf (plist-get (plist-get can :workspace) :workspaceEdit)
          (append edits '(:resourceOperations ["create" "rename" "delete"])))
    can))

(find-file (expand-file-name "news/2024/03/6/bridge-opens.md" root))
(eglot (list major-mode) (cons 'transient root) 'eglot-lsp-server '("newsctl" "lsp") "markdown")
(unless eglot--managed-mode (error "Eglot does not manage the page"))
(findings)

;; What is typed is checked before it is saved, and fixed.
(line-of "1. [Ferry")
(let ((entry (line)) (range nil))
  (type-line (string-replace "[Ferry sails" "[Fery sails" entry))
  (beginning-of-line)
  (findings "related-title")
  (setq range (list :start (eglot--pos-to-lsp-position (+ (point) 4)) :end (eglot--pos-to-lsp-position (+ (point) 4))))
  (let ((action (aref (ask :textDocument/codeAction
                           (list :textDocument (eglot--TextDocumentIdentifier) :range range
                                 :context (list :diagnostics [] :only ["quickfix"]))) 0)))
    (unless (plist-get action :edit) (setq action (ask :codeAction/resolve action)))
    (eglot--apply-workspace-edit (plist-get action :edit)))
  (findings)
  (line-of "1. [Ferry")
  (unless (equal (line) entry) (error "The fix made %s" (line))))

;; A context and a page are completed.
(complete "1. [Ferry sails.](/news/2024/03/5/ferry-sails.md) _Context: Po" "Port strike"
          "1. [Ferry sails.](/news/2024/03/5/ferry-sails.md) _Context: Port strike")
(complete "1. [strike e" "Strike ends." "1. [Strike ends.](/news/2024/03/6/strike-ends.md)")
(findings)

;; Hover, definition and references.
(line-of "1. [Ferry")
(forward-char 6)
(let ((hover (format "%S" (ask :textDocument/hover (eglot--TextDocumentPositionParams))))
      (definition (ask :textDocument/definition (eglot--TextDocumentPositionParams)))
      (listed (format "%S" (ask :textDocument/references
                                (append (eglot--TextDocumentPositionParams) '(:context (:includeDeclaration t)))))))
  (unless (and (string-search "Ferry sails" hover) (string-search "shares Harbour" hover)) (error "Hover: %s" hover))
  (unless (string-suffix-p "ferry-sails.md" (plist-get definition :uri)) (error "Definition: %S" definition))
  (unless (and (string-search "03/5/index.md" listed) (string-search "bridge-opens.md" listed)) (error "References: %s" listed)))

;; Rename: the page moves, and the pages that name it follow.
(let* ((edit (ask :textDocument/rename (append (eglot--TextDocumentPositionParams) '(:newName "Ferry returns."))))
       (changes (append (plist-get edit :documentChanges) nil)))
  (if changes
      (let ((texts (seq-filter (lambda (c) (plist-get c :edits)) changes)))
        (eglot--apply-workspace-edit (list :documentChanges (vconcat texts)))
        (save-some-buffers t)
        (dolist (c changes)
          (when (equal (plist-get c :kind) "rename")
            (rename-file (eglot--uri-to-path (plist-get c :oldUri)) (eglot--uri-to-path (plist-get c :newUri))))))
    (error "Rename: %S" edit)))
(findings)
(let ((process (jsonrpc--process (eglot--current-server-or-lose))))
  (eglot-shutdown (eglot--current-server-or-lose) nil 10)
  (when (process-live-p process) (error "The server does not stop")))
