import { mount } from 'svelte'
import App from './App.svelte'
import './editor.css'

const target = document.querySelector('#app')
if (target) mount(App, { target })
