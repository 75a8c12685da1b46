// Brings the progress of a sending up to date while it is on its way.
(function () {
  "use strict";
  var SECONDS = 2;

  function progress() {
    return document.getElementById("sending-progress");
  }

  function refresh() {
    fetch(location.href, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.ok ? answer.text() : Promise.reject(answer.status);
      })
      .then(function (html) {
        var fresh = new DOMParser().parseFromString(html, "text/html").getElementById("sending-progress");
        if (fresh) {
          progress().replaceWith(document.adoptNode(fresh));
        }
        wait();
      })
      .catch(wait);
  }

  function wait() {
    if (progress() && progress().hasAttribute("data-running")) {
      setTimeout(refresh, SECONDS * 1000);
    }
  }

  wait();
})();
