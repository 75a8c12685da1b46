/* A text of a translation: stored by itself when its writer pauses, and never lost meanwhile. */
(function () {
  const PAUSE = 1500;
  const AGAIN = [2000, 4000, 8000, 15000, 30000];
  const { Controller } = window.StimulusModule;
  const { escape, plain } = window.translationText;

  function token() {
    const known = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return known ? known[1] : window.wagtailConfig.CSRF_TOKEN;
  }

  /* Ask for JSON; {status, data}. `status` is 0 without a connection, 401 for who is signed out. */
  async function ask(url, method, data) {
    let response;
    try {
      response = await fetch(url, {
        method,
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-CSRFToken": token(),
        },
        body: JSON.stringify(data),
      });
    } catch {
      return { status: 0, data: {} };
    }
    const json = (response.headers.get("Content-Type") || "").includes("json");
    if (response.redirected || (response.ok && !json)) return { status: 401, data: {} };
    return { status: response.status, data: json ? await response.json() : {} };
  }

  class LineController extends Controller {
    static targets = [
      "field", "before", "error", "conflict", "theirs", "by", "status", "counter", "chip",
      "offers", "comments", "history",
    ];

    static values = {
      url: String, place: String, before: String, plain: Boolean, words: Number, limit: Number,
      open: Boolean, changed: Boolean, saved: String, saving: String, offline: String,
      signedout: String, found: String, counter: String,
    };

    connect() {
      this.dirty = false;
      this.tries = 0;
      if (!this.hasFieldTarget) return;
      if (!this.plainValue) {
        const source = this.element.querySelector(".translation-line__source");
        this.rich = new window.TranslationRichField(this.fieldTarget, source, (what) => {
          if (what === "input") this.input();
          else this.save();
        });
      }
      this.online = () => this.dirty && this.save();
      window.addEventListener("online", this.online);
      this.dirty = this.html !== this.beforeValue && !this.hasError;
      this.fit();
      this.count();
      if (!this.fieldTarget.readOnly) this.recall();
    }

    disconnect() {
      clearTimeout(this.timer);
      window.removeEventListener("online", this.online);
    }

    get hasError() {
      return !this.errorTarget.hidden;
    }

    get html() {
      if (!this.rich) return escape(this.fieldTarget.value.trim()).replaceAll("\n", "<br/>");
      return this.dirty || this.touched ? this.rich.html : this.fieldTarget.value.trim();
    }

    set html(html) {
      this.fieldTarget.value = this.plainValue ? plain(html) : html;
      if (this.rich) this.rich.set(html);
      this.fit();
      this.count();
    }

    focus() {
      (this.rich || this.fieldTarget).focus();
    }

    input() {
      this.touched = true;
      this.dirty = true;
      this.refused = false;
      this.tell("");
      this.fit();
      this.count();
      this.remember();
      this.later(PAUSE);
      this.dispatch("changed", { prefix: "translation" });
    }

    later(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    /* Store the text now; resolves when it is stored or refused. */
    async save() {
      clearTimeout(this.timer);
      if (!this.dirty || this.refused || !this.conflictTarget.hidden) return;
      if (this.busy) return this.busy.then(() => this.save());
      if (this.html === this.beforeValue) {
        this.settle(this.beforeValue);
        return;
      }
      this.tell(this.savingValue);
      this.busy = this.send(this.html);
      await this.busy;
      this.busy = null;
    }

    async send(html) {
      const before = this.beforeValue;
      const answer = html
        ? await ask(this.urlValue, "PUT", { value: html, before })
        : await ask(this.urlValue, "DELETE", { before });
      this.take(answer, html);
    }

    take({ status, data }, sent) {
      if (status === 200 || (status === 404 && !sent)) {
        this.stored(data.data || "", sent);
      } else if (status === 409) {
        this.refuse(data);
        this.showTheirs(data.theirs, data.by);
      } else if (data.error_message) {
        this.refuse(data);
      } else {
        this.tell(status === 401 ? this.signedoutValue : this.offlineValue);
        this.later(AGAIN[Math.min(this.tries, AGAIN.length - 1)]);
        this.tries += 1;
      }
    }

    stored(data, sent) {
      this.tries = 0;
      this.knows(data);
      if (this.html === sent) {
        this.settle(data);
        this.tell(this.savedValue);
      } else {
        this.later(PAUSE);
      }
      this.dispatch("saved", { prefix: "translation" });
    }

    knows(data) {
      this.beforeValue = data;
      this.beforeTarget.value = data;
    }

    settle(data) {
      this.dirty = false;
      this.touched = false;
      this.fieldTarget.value = this.plainValue ? this.fieldTarget.value : data;
      this.complain("");
      this.forget();
      this.openValue = !data;
      if (this.hasOffersTarget) this.offersTarget.hidden = !this.openValue;
      this.dispatch("changed", { prefix: "translation" });
    }

    refuse(data) {
      this.refused = true;
      this.tell("");
      this.complain(data.error_message);
      this.dispatch("changed", { prefix: "translation" });
    }

    complain(words) {
      this.errorTarget.textContent = words;
      this.errorTarget.hidden = !words;
      this.fieldTarget.toggleAttribute("aria-invalid", Boolean(words));
    }

    tell(words) {
      this.statusTarget.textContent = words;
    }

    showTheirs(html, by) {
      this.theirsTarget.replaceChildren(plain(html));
      this.theirsTarget.dataset.html = html;
      this.byTarget.textContent = by;
      this.conflictTarget.hidden = false;
    }

    get theirs() {
      return this.theirsTarget.dataset.html ?? this.beforeValue;
    }

    takeTheirs() {
      const theirs = this.theirs;
      this.conflictTarget.hidden = true;
      this.html = theirs;
      this.knows(theirs);
      this.settle(theirs);
    }

    keepMine() {
      this.conflictTarget.hidden = true;
      this.knows(this.theirs);
      this.complain("");
      this.refused = false;
      this.dirty = true;
      this.save();
    }

    use(event) {
      event.preventDefault();
      this.html = event.currentTarget.dataset.text;
      this.input();
      this.save();
      this.focus();
    }

    async confirm(event) {
      event.preventDefault();
      const answer = await ask(this.urlValue, "PUT", { confirm: true, before: this.beforeValue });
      if (answer.status === 200) this.html = answer.data.data;
      this.take(answer, answer.data.data || "");
    }

    /* Add or settle a comment; the list comes back as the server tells it. */
    async comment(event) {
      event.preventDefault();
      const button = event.currentTarget;
      const body = new FormData();
      body.set(button.name, button.value);
      const field = this.commentsTarget.querySelector("textarea");
      if (button.name === "add-comment") body.set(field.name, field.value);
      await this.fetchInto("comments", { method: "POST", body });
    }

    async history(event) {
      if (!event.currentTarget.open) return;
      const key = this.element.id.replace("segment-", "");
      await this.fetchInto("history", { method: "GET" }, `?history=${key}`);
    }

    async fetchInto(name, options, query = "") {
      const headers = { "X-Fragment": "1", "X-CSRFToken": token() };
      try {
        const response = await fetch(window.location.pathname + query, { ...options, headers });
        if (!response.ok || response.redirected) throw new Error(response.status);
        const made = new DOMParser().parseFromString(await response.text(), "text/html");
        this[`${name}Target`].replaceWith(made.body.firstElementChild);
      } catch {
        if (this.hasStatusTarget) this.tell(this.offlineValue);
      }
    }

    remember() {
      const kept = JSON.stringify({ text: this.html, before: this.beforeValue });
      try {
        localStorage.setItem(this.placeValue, kept);
      } catch {
        // Without room in the browser the text is only on the page.
      }
    }

    forget() {
      try {
        localStorage.removeItem(this.placeValue);
      } catch {
        // There is nothing to forget.
      }
    }

    /* What was written here and never stored, be it that the browser was closed. */
    recall() {
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(this.placeValue));
      } catch {
        return;
      }
      if (!kept) return;
      if (kept.text === this.beforeValue) {
        this.forget();
        return;
      }
      const theirs = this.beforeValue;
      this.html = kept.text;
      this.dirty = true;
      this.touched = true;
      this.tell(this.foundValue);
      if (kept.before === theirs) this.later(PAUSE);
      else this.showTheirs(theirs, "");
    }

    fit() {
      if (this.rich) return;
      this.fieldTarget.style.height = "auto";
      this.fieldTarget.style.height = `${this.fieldTarget.scrollHeight + 2}px`;
    }

    count() {
      if (!this.limitValue || !this.hasCounterTarget) return;
      const size = plain(this.html).length;
      this.counterTarget.textContent = this.counterValue
        .replace("%(count)s", size)
        .replace("%(limit)s", this.limitValue);
      this.counterTarget.classList.toggle("translation-overdue", size > this.limitValue);
    }
  }

  window.translationAsk = ask;
  window.wagtail.app.register("translation-line", LineController);
})();
