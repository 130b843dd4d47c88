export default { build: { rolldownOptions: { input: ['index.html', 'slim.html'] } } };
