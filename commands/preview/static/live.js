// Loads the page again when what it shows has changed. Without it, reload by hand.
(function () {
  "use strict";
  var body = document.body, address = "/version?path=" + encodeURIComponent(body.dataset.path);
  function busy() {
    var at = document.activeElement;
    return document.hidden || (at && at.tagName === "INPUT" && at.value !== at.defaultValue);
  }
  function ask() {
    var rest = 1000;
    if (busy()) {
      return setTimeout(ask, rest);
    }
    fetch(address).then(function (answer) {
      return answer.ok ? answer.text() : body.dataset.version;
    }).then(function (version) {
      if (version !== body.dataset.version && !busy()) {
        location.reload();
      }
    }).catch(function () {
      rest = 5000; // the server has ended, and may be started again
    }).then(function () {
      setTimeout(ask, rest);
    });
  }
  setTimeout(ask, 1000);
})();
