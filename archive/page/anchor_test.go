package page

import (
	"strings"
	"testing"
)

func TestAnchors(t *testing.T) {
	for _, tt := range []struct{ src, has, lacks string }{
		{"# The bridge opens. \n", "the-bridge-opens THE-Bridge-Opens user-content-the-bridge-opens", "the-bridge the-bridge-opens."},
		{"# A\n## A\n## A\n# A-1\n", "a a-1 a-2 a-1-1", "a-3"},
		{"A\n=\n\nB *c*\n---\n", "a b-c", "b"},
		{"> ## Quoted\n\n- # Listed\n", "quoted listed", ""},
		{"# `code` [link](/x.md) ![alt](y.png) <b>bold</b> &amp; \\_x\\_\n", "code-link--bold--_x_", "alt"},
		{"# _Ship_ and snake_case and **Sea**\n", "ship-and-snake_case-and-sea", ""},
		{"# 青岚大桥通车\n# 第二，节\n", "青岚大桥通车 第二节 heading heading-1", "heading-2"},
		{"# Müller öffnet\n", "müller-öffnet MÜLLER-öffnet mller-ffnet", "muller-oeffnet"},
		{"# İstanbul\n", "istanbul i\u0307stanbul", ""},
		{"# Ferry #\n# Storm ##\n", "ferry storm", ""},
		{"# Ferry {#boat}\n# Storm {#gale .x}\n", "boat ferry ferry-boat gale storm", "ferry-1"},
		{"<h2 align=center>The <i>Sea</i> &amp; sky</h2>\n", "the-sea--sky", ""},
		{"<a id=\"x\"></a><a name='y'>\n\nText <span ID=Z>s</span>\n", "x y z", "a"},
		{"<meta name=y>\n<!-- <a id=x> -->\n<pre><a id=w></pre>\n", "", "x y w"},
		{"```\n# Code\n```\n\n    # Code\n\n`<a id=x>`\n", "", "code x"},
		{"A[^note] b[^2]\n\n[^note]: C\n[^2]: D\n", "fn:1 fnref:2 fn-note user-content-fnref-note", "fn:3 note"},
		{"", "top :~:text=any user-content-top", "x"},
		{"\ufeff# A\r\n\r\n## B\r\n", "a b", ""},
		{"#\n## \n", "heading heading-1", "heading-2"},
		{"# https://a.example <https://b.example>\n", "httpsaexample-httpsbexample", ""},
		{"# a <!-- b --> c\n", "a--c", ""},
		{"# __proto__\n# constructor\n", "proto constructor", "__proto__"},
		{"# _" + strings.Repeat("_*", maxEmphasis) + "\n# B\n", "b", ""},
	} {
		a := ReadAnchors([]byte(tt.src))
		for _, name := range strings.Fields(tt.has) {
			if !a.Has(name) {
				t.Errorf("no anchor %q in %q", name, tt.src)
			}
		}
		for _, name := range strings.Fields(tt.lacks) {
			if a.Has(name) {
				t.Errorf("anchor %q in %q", name, tt.src)
			}
		}
	}
}
