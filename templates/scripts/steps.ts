/**
 * On wide screens, keeps the figures of steps in place, and shows that of the text in the middle of the window. Readers
 * who prefer less motion, and those without scripts, see the figures in order.
 */
export function followSteps(): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const list of document.querySelectorAll('.steps-list')) {
    const steps = [...list.children];
    if (steps.length < 2) continue;
    const show = (current: Element | null) => {
      for (const step of steps) step.classList.toggle('step-current', step === current);
    };
    const observer = new IntersectionObserver(
      entries => {
        for (const { target, isIntersecting } of entries) if (isIntersecting) show(target.parentElement);
      },
      { rootMargin: '-50% 0px -50%' },
    );
    list.classList.add('steps-live');
    show(steps[0]!);
    for (const text of list.querySelectorAll('.step-text')) observer.observe(text);
  }
}
