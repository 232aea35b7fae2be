// A saved mapping brings its encoding and coordinate system along; both can be changed.
const saved = document.querySelector('select[name="saved"]');
const preset = () => {
  const { encoding = "", system = "" } = saved.selectedOptions[0].dataset;
  saved.form.elements.encoding.value = encoding;
  saved.form.elements.system.value = system;
};
if (saved) saved.addEventListener("change", preset);
