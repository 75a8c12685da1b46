/* All texts of a translation together: progress, filters, keys, links and the preview. */
(function () {
  const { Controller } = window.StimulusModule;
  const SETTLES = 800;

  class EditorController extends Controller {
    static targets = ["bar", "left", "status", "filter", "empty", "chip", "missing"];

    static values = {
      words: Number, saving: String, saved: String, unsaved: String, done: String, left: String,
    };

    get lines() {
      const elements = this.element.querySelectorAll('[data-controller~="translation-line"]');
      const found = [...elements].map((element) =>
        this.application.getControllerForElementAndIdentifier(element, "translation-line"));
      return found.filter((line) => line && line.hasFieldTarget);
    }

    count(event) {
      const line = event && event.target;
      const known = this.lines;
      known.filter((one) => one.element === line).forEach((one) => this.mark(one));
      const open = known.filter((one) => one.openValue);
      const left = open.reduce((sum, one) => sum + one.wordsValue, 0);
      if (this.hasBarTarget) this.barTarget.value = this.wordsValue - left;
      if (this.hasLeftTarget) {
        this.leftTarget.textContent = this.leftValue
          .replace("%(left)s", left)
          .replace("%(words)s", this.wordsValue);
      }
      if (this.hasMissingTarget) this.missingTarget.hidden = open.length === 0;
      this.tell(known.some((one) => one.dirty) ? this.unsavedValue : this.savedValue);
    }

    /* The state of a line, in words and with its icon. */
    mark(line) {
      const state = line.openValue ? "open" : "done";
      if (line.dirty || line.element.classList.contains(`translation-line--${state}`)) return;
      const chip = this.chipTargets.find((one) => one.dataset.state === state);
      if (!chip) return;
      line.chipTarget.replaceChildren(chip.content.cloneNode(true));
      line.element.className = `translation-line translation-line--${state}`;
    }

    tell(words) {
      if (this.hasStatusTarget) this.statusTarget.textContent = words;
    }

    show(event) {
      event.preventDefault();
      const wanted = event.currentTarget.dataset.show;
      this.filterTargets.forEach((link) => {
        if (link.dataset.show === wanted) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
      const known = this.lines;
      known.forEach((line) => {
        line.element.hidden = !this.fits(line, wanted);
        if (!line.element.hidden) line.fit();
      });
      this.emptyTarget.hidden = known.some((line) => !line.element.hidden);
      window.history.replaceState(null, "", `?show=${wanted}`);
    }

    fits(line, wanted) {
      if (line.dirty || wanted === "all") return true;
      if (wanted === "open") return line.openValue;
      if (wanted === "changed") return line.changedValue;
      return Boolean(line.element.querySelector(".translation-comment:not(.translation-comment--settled)"));
    }

    key(event) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      const here = event.target.closest('[data-controller~="translation-line"]');
      const line = this.lines.find((one) => one.element === here);
      if (!line) return;
      event.preventDefault();
      line.save();
      this.next(line);
    }

    /* Go to the first open text after this one, or from the top again. */
    next(line) {
      const known = this.lines;
      const place = known.indexOf(line);
      const order = [...known.slice(place + 1), ...known.slice(0, place)];
      const open = order.find((one) => one.openValue && !one.dirty);
      if (!open) {
        this.tell(this.doneValue);
        return;
      }
      open.element.hidden = false;
      open.focus();
      open.element.scrollIntoView({ block: "center" });
    }

    async save(event) {
      event.preventDefault();
      this.tell(this.savingValue);
      await Promise.all(this.lines.map((line) => line.save()));
      this.count();
    }

    submit() {
      this.leaves = true;
    }

    leave(event) {
      if (!this.leaves && this.lines.some((line) => line.dirty)) event.preventDefault();
    }
  }

  class LinkController extends Controller {
    static targets = ["field", "error"];

    static values = { url: String, saved: String, failed: String };

    async save() {
      const value = this.fieldTarget.value.trim();
      const { status, data } = await window.translationAsk(this.urlValue, value ? "PUT" : "DELETE", { value });
      const stored = status === 200 || (status === 404 && !value);
      this.errorTarget.textContent = stored ? "" : data.error_message || this.failedValue;
      this.fieldTarget.toggleAttribute("aria-invalid", !stored);
      if (stored) this.dispatch("saved", { prefix: "translation" });
    }
  }

  /* The page as visitors will see it; read again when a text was stored, at the same place. */
  class PreviewController extends Controller {
    static targets = ["frame"];

    static values = { url: String };

    connect() {
      this.panel = this.element.closest("[data-side-panel]");
      this.opened = () => this.refresh();
      this.panel.addEventListener("show", this.opened);
      if (!this.panel.hidden) this.refresh();
    }

    disconnect() {
      clearTimeout(this.timer);
      this.panel.removeEventListener("show", this.opened);
    }

    stale() {
      if (this.panel.hidden) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), SETTLES);
    }

    refresh() {
      const frame = this.frameTarget;
      const place = frame.contentWindow ? frame.contentWindow.scrollY : 0;
      frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
      frame.src = this.urlValue;
    }
  }

  const { app } = window.wagtail;
  app.register("translation-editor", EditorController);
  app.register("translation-link", LinkController);
  app.register("translation-preview", PreviewController);
})();
