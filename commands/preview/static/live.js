// Loads the page again when what it shows has changed. Without it, reload by hand.
(function () {
  "use strict";
  var body = document.body, address = "/version?path=" + encodeURIComponent(body.dataset.path);
  function busy() {
    var at = document.activeElement;
    return document.hidden || (at && at.tagName === "INPUT" && at.value !== at.defaultValue);
  }
  function ask() {
    if (busy()) {
      return;
    }
    fetch(address).then(function (answer) {
      return answer.ok ? answer.text() : body.dataset.version;
    }).then(function (version) {
      if (version !== body.dataset.version && !busy()) {
        body.dataset.version = version;
        location.reload();
      }
    }).catch(function () { /* the server has ended */ });
  }
  setInterval(ask, 1000);
  document.addEventListener("visibilitychange", ask);
})();
