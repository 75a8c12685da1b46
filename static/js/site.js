// Small comforts on top of pages that work without any script.

const toggle = document.querySelector(".menu-toggle");
if (toggle) {
  const menu = document.getElementById(toggle.hash.slice(1));
  const show = (open) => {
    menu.toggleAttribute("data-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.setAttribute("role", "button");
  show(false);
  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    show(!menu.hasAttribute("data-open"));
  });
  toggle.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      toggle.click();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.hasAttribute("data-open")) {
      show(false);
      toggle.focus();
    }
  });
}
